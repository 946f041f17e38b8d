// A small result as the module gives one, for tests.

// A share of replications. Its interval is made up: the page never computes one.
export function share(count, n, reach = 0.03) {
  return { count, share: count / n, low: Math.max(0, count / n - reach), high: Math.min(1, count / n + reach) };
}

const spread = (mean) => ({ mean, mean_low: mean - 1, mean_high: mean + 1, sd: 2, q05: mean - 4, q25: mean - 2, q50: mean, q75: mean + 2, q95: mean + 4 });

export function madeUpSetup(changes = {}) {
  const outcome = (mean, below = 0) => ({ ...spread(mean), above_zero: share(1000 - below, 1000), below_zero: share(below, 1000) });
  const month = (at) => ({ month: at, ...spread(0.5) });
  return {
    name: "free_riding", title: "Free riding", seed: "7", replications: 1000,
    summary: { alive: outcome(0.7), premium: outcome(120, 300), need_met: outcome(0.5), coordination: outcome(40), trust: outcome(0.6) },
    failed: share(400, 1000),
    endings: { reached_horizon: share(700, 1000), too_few_partners: share(200, 1000), wound_up: share(100, 1000), never_formed: share(0, 1000) },
    causes: { money: share(100, 400), trust: share(300, 400), shock: share(0, 400) },
    survival: [0, 12, 24, 36].map((at) => ({ month: at, share: 1 - at / 120, low: 0.97 - at / 120, high: 1 - at / 130 })),
    bars: { premium: [{ holds: "below", from: -900, to: -100, share: 0.004 }, { holds: "range", from: -100, to: 0, share: 0.296 }, { holds: "range", from: 0, to: 100, share: 0.7 }] },
    months: { trust_share: [month(1), month(2)], alive_share: [month(1)] },
    partners: [
      { name: "police", sector: "police", gain: -12, gain_low: -20, gain_high: -4, better_off: 0.3, member_at_end: 0.6 },
      { name: "<b>council</b>", sector: "council", gain: 90, gain_low: 80, gain_high: 100, better_off: 0.9, member_at_end: 0.7 },
      { name: "charity", sector: "voluntary", gain: 3, gain_low: -4, gain_high: 10, better_off: 0.5, member_at_end: 0.7 },
    ],
    conditions: [],
    ...changes,
  };
}

export function madeUpResult(changes = {}) {
  return { replications: 1000, asked: 1000, is_complete: true, setups: [madeUpSetup()], differences: null, levers: [], files: ["summary.csv", "series.csv"], comparison_files: [], ...changes };
}

export function madeUpPair() {
  const difference = (mean, verdict, changes = {}) => ({
    mean, low: mean - 0.02, high: mean + 0.02, verdict, higher_is_better: true, better: share(600, 1000), worse: share(300, 1000), same: share(100, 1000), needed: 5321, smallest: 0.01, ...changes,
  });
  const bars = (below, shares) => [{ holds: "below", from: -900, to: -200, share: below }, ...shares.map((part, at) => ({ holds: "range", from: -200 + 200 * at, to: 200 * at, share: part }))];
  return madeUpResult({
    setups: [madeUpSetup(), madeUpSetup()],
    bars_of_both: { premium: [bars(0.004, [0.296, 0.7, 0]), bars(0.002, [0.198, 0.5, 0.3])] },
    differences: { alive: difference(0.12, "better"), premium: difference(20, "better", { low: 12, high: 28 }), need_met: difference(0.01, "unclear"), trust: difference(0, "same"), coordination: difference(4, "worse", { higher_is_better: false }) },
    levers: [{ key: "trust.initial", change: "{ pert = [0.35, 0.6, 0.85] } → 0.8" }],
    comparison_files: ["setups.csv", "paired.csv"],
  });
}
