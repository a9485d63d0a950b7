/** How often a property is tried: as often as its test says, times NEWSGRAPH_RUNS (`npm run fuzz -- --runs N`). */
export const runs = (often: number): number => often * Math.max(1, Number(process.env.NEWSGRAPH_RUNS ?? 1))
