// What a lesson asks of a result.

// The conditions of its challenge, of its predictions and of what there is to notice.
export function conditionsOf(lesson) {
  const claims = [...(lesson?.predict ?? []).flatMap(({ option }) => option ?? []), ...(lesson?.notice ?? []).flatMap(({ holds }) => holds ?? [])];
  return [...new Set([...(lesson?.challenge?.conditions ?? []), ...claims.flatMap(conditionsIn)])];
}

// The conditions that a claim makes.
export function conditionsIn({ condition, conditions }) {
  return conditions ?? (condition === undefined ? [] : [condition]);
}
