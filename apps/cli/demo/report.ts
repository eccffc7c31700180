import { duration, table } from '../output.js';
import type { HistoryCost } from './checks.js';
import type { RecordedCase } from './record.js';
import { Counts, type Tally } from './tally.js';

/** All figures of the story as text. */
export function figures(cases: readonly RecordedCase[], tally: Tally, cost: HistoryCost): string {
  const standing = new Counts();
  const levels = new Counts();
  const deadlines = new Counts();
  const messages = new Map<string, Counts>();
  for (const { row, events, messages: sent } of cases) {
    standing.add(row.state === 'closed' ? `closed as ${row.outcome ?? ''}` : row.state);
    for (const { event, data, actorRole } of events) {
      if (event === 'escalated') levels.add(`to level ${String((data['to'] as { level?: number }).level)}`);
      if (actorRole === 'system' && event !== 'assigned' && event !== 'unassigned') deadlines.add(event);
    }
    for (const { template, channel, status } of sent) {
      const counts = messages.get(template) ?? new Counts();
      messages.set(template, counts);
      counts.add(`${channel} ${status}`);
    }
  }
  const refused = tally.refusals.entries();
  return [
    part('Cases by state and outcome', lines(standing)),
    part('Lodged by source', lines(tally.lodgedBySource)),
    part(`Commands carried out (${tally.commands.total})`, lines(tally.commands)),
    part(`Refused, as they should be (${tally.refusals.total})`, columns(refused)),
    part('Escalations', lines(levels)),
    part('What the clocks did', lines(deadlines)),
    part('Time in each state (days of the play city)', table(timeInStates(cases))),
    part(
      `Messages (${cases.reduce((sum, each) => sum + each.messages.length, 0)})`,
      table([...messages].sort().map(([template, counts]) => [template, joined(counts)])),
    ),
    part('Temporal history events a case', table(costRows(cost))),
  ].join('\n\n');
}

function part(heading: string, body: string): string {
  return `  ${heading}\n${body
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n')}`;
}

function lines(counts: Counts): string {
  return columns(counts.entries());
}

function columns(entries: readonly (readonly [string, number])[]): string {
  return table(entries.map(([name, count]) => [String(count).padStart(5), name]));
}

function joined(counts: Counts): string {
  return counts
    .entries()
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');
}

/** How long cases stood in each state, scaled back to the play city's own time. */
function timeInStates(cases: readonly RecordedCase[]): string[][] {
  const stays = new Map<string, number[]>();
  for (const { row, events } of cases) {
    events.forEach((event, index) => {
      const next = events.slice(index + 1).find(({ data }) => data['state'] !== event.data['state']);
      const previous = events[index - 1];
      if (!next || previous?.data['state'] === event.data['state']) return;
      const state = String(event.data['state']);
      const list = stays.get(state) ?? [];
      stays.set(state, list);
      list.push((next.at - event.at) * row.snapshot.rules.clockScale);
    });
  }
  const rows = [...stays].map(([state, times]) => {
    const { min, median, max } = spread(times);
    return [state, `${times.length} times`, `median ${duration(median)}`, `from ${duration(min)} to ${duration(max)}`];
  });
  return rows.sort((a, b) => (a[0] ?? '').localeCompare(b[0] ?? ''));
}

function costRows({ all, happy, reopened }: HistoryCost): string[][] {
  const row = (name: string, lengths: number[]): string[] => {
    const { min, median, max } = spread(lengths);
    return [name, `${lengths.length} cases`, `min ${min}`, `median ${median}`, `max ${max}`];
  };
  return [
    row('all', all),
    ...(happy.length > 0 ? [row('resolved and rated (at most 28)', happy)] : []),
    ...(reopened.length > 0 ? [row('with reopenings (at most 20 more for each)', reopened)] : []),
  ];
}

function spread(values: readonly number[]): { min: number; median: number; max: number } {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor((sorted.length - 1) * share)] ?? 0;
  return { min: at(0), median: at(0.5), max: at(1) };
}
