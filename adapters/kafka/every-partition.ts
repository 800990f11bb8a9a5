import type { Assigner, PartitionAssigner } from "kafkajs";

type Cluster = Parameters<PartitionAssigner>[0]["cluster"];

/**
 * Gives every member of the group every partition. A group is how kafkajs reads at all, but a snapshot must not miss
 * the half that a second member took away: what each of us has read stands in its own record, not in the group. Its
 * name keeps out programs that would share: the broker refuses members that do not have a strategy in common.
 */
export function everyPartition(
  assignerProtocol: typeof import("kafkajs").AssignerProtocol,
  cluster: Cluster,
): Assigner {
  const { MemberAssignment, MemberMetadata } = assignerProtocol;
  return {
    name: "tidemark-every-partition",
    version: 0,
    assign: async ({ members, topics }) => {
      const assignment = Object.fromEntries(
        topics.map((topic) => [topic, cluster.findTopicPartitionMetadata(topic).map(({ partitionId }) => partitionId)]),
      );
      const memberAssignment = MemberAssignment.encode({ version: 0, assignment, userData: Buffer.alloc(0) });
      return members.map(({ memberId }) => ({ memberId, memberAssignment }));
    },
    protocol: ({ topics }) => ({
      name: "tidemark-every-partition",
      metadata: MemberMetadata.encode({ version: 0, topics, userData: Buffer.alloc(0) }),
    }),
  };
}
