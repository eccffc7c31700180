import type { Command } from 'commander';
import { clock, print, printJson, table } from '../output.js';
import { caseLines } from './case-lines.js';
import { withCasework } from './operator.js';

export function addShow(program: Command): void {
  program
    .command('show')
    .argument('<number>', 'grievance number, such as KMC-26-0001234-5')
    .description('shows a case and its timeline, with what was sent to whom')
    .option('--json', 'as JSON')
    .action((number: string, options: { json?: boolean }) => show(number, options));
}

async function show(number: string, { json = false }: { json?: boolean }): Promise<void> {
  await withCasework(async ({ casework, operator, zoneOf }) => {
    const view = await casework.view(operator, number);
    const timeline = await casework.timeline(operator, number);
    if (json) return printJson({ ...view, timeline });
    const zone = await zoneOf(view.tenant);
    const rows: string[][] = [];
    for (const item of timeline) {
      const who = `${item.actor.name ?? item.actor.role}${item.actor.onBehalf ? ' (on behalf)' : ''}`;
      rows.push([`  ${clock(Date.parse(item.at), zone)}`, item.event, who, item.text ?? '']);
      for (const sent of item.notifications) {
        const how = `${sent.channel} to ${sent.to}: ${sent.status}${sent.error ? ` (${sent.error})` : ''}`;
        rows.push(['', `  ${sent.template}`, '', how]);
      }
    }
    print(`${caseLines(view, zone)}\n\n${table(rows)}`);
  });
}
