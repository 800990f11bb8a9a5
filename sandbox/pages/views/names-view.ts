import type { Account } from "../../model/account.ts";
import type { Repository } from "../../model/repository.ts";
import type { PersonView, RepositoryName } from "../view.ts";

export const repositoryName = ({ owner, name }: Repository): RepositoryName => ({ owner: owner.login, name });

export const personView = ({ login, type }: Account): PersonView => ({ login, isBot: type === "Bot" });
