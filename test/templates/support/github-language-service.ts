import { registerHooks } from "node:module";
import { parse } from "yaml";

// GitHub's own language service imports JSON without saying so, as bundlers allow. Node asks for the attribute.
registerHooks({
  load: (url, context, next) =>
    next(url, url.endsWith(".json") ? { ...context, importAttributes: { type: "json" } } : context),
});

interface Position {
  readonly line: number;
}

// Names in variables: the service's own declarations do not compile here, and its document type is its dependency.
const SERVICE = "@actions/languageservice";
const DOCUMENT = "vscode-languageserver-textdocument";

/** Action metadata by `owner/name/path` without the ref; undefined for an action we know nothing of. */
export type Metadata = (action: string) => string | undefined;

/** What GitHub's editor support says of a workflow or an action.yml, as `line: message`. */
export async function githubComplaints(name: string, text: string, metadata: Metadata): Promise<readonly string[]> {
  const { validate } = await import(SERVICE);
  const { TextDocument } = await import(DOCUMENT);
  const document = TextDocument.create(`file:///repository/${name}`, "yaml", 1, text);
  const found = await validate(document, {
    actionsMetadataProvider: {
      fetchActionMetadata: async ({ owner, name: repository, path }: Record<string, string>) => {
        const yaml = metadata([owner, repository, path].filter((part) => part).join("/"));
        return yaml === undefined ? undefined : parse(yaml);
      },
    },
  });
  return found.map((each: { readonly message: string; readonly range: { readonly start: Position } }) => {
    return `${each.range.start.line + 1}: ${each.message}`;
  });
}
