/** Wards as people say them: `36–38, 40`; codes that are no figures stand by themselves. */
export function wardRanges(wards: readonly string[]): string {
  const figures = wards.map(Number).filter(Number.isInteger);
  const others = wards.filter((ward) => !Number.isInteger(Number(ward)));
  const ranges: [number, number][] = [];
  for (const ward of figures.sort((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last && ward <= last[1] + 1) last[1] = ward;
    else ranges.push([ward, ward]);
  }
  return [...ranges.map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`)), ...others].join(', ');
}
