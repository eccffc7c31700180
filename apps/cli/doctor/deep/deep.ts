import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import type { WorkflowBundle } from '@temporalio/worker';
import { AuditLog } from '#libs/casework/audit-log';
import type { Settings } from '#libs/config/settings';
import { MastersService } from '#libs/masters/index';
import type { DataSources } from '#libs/persistence/data-sources';
import { UnitOfWork } from '#libs/persistence/unit-of-work';
import { dataConverterOf } from '#libs/temporal/data-converter';
import { allCases, historiesOf, recordOf, type CaseName } from './cases.js';
import { differenceOf, type Difference } from './compare.js';
import { mendCase } from './mend.js';
import { Replayer, type CaseTruth } from './replayer.js';

/** A step is recorded a moment after it was taken: what differs is looked at again after this time. */
const SETTLE_MS = 3_000;

export interface DeepReport {
  checked: number;
  equal: number;
  /** Begun, and taken up by no worker yet: nothing of them is to be recorded. */
  waiting: number;
  /** Closed cases of which neither Temporal nor the archive has a history: nothing to compare them with. */
  withoutHistory: number;
  differences: { number: string; tenant: string; problems: string[]; mended: boolean }[];
}

export interface DeepParts {
  settings: Settings;
  sources: DataSources;
  client: Client;
  bundle: WorkflowBundle;
  /** Puts the record right where it differs. */
  mend: boolean;
}

interface Finding {
  difference: Difference | null;
  truth: CaseTruth | null;
  open: boolean;
}

/** Compares the record of every case with what its workflow gave it. */
export async function examineDeeply(parts: DeepParts): Promise<DeepReport> {
  const { settings, sources, client } = parts;
  const replayer = new Replayer(parts.bundle, dataConverterOf(settings));
  const unitOfWork = new UnitOfWork(sources);
  const masters = new MastersService(sources, { demo: settings.demo });
  const audit = new AuditLog(unitOfWork);
  const report: DeepReport = { checked: 0, equal: 0, waiting: 0, withoutHistory: 0, differences: [] };

  const look = async (cases: readonly CaseName[]): Promise<Map<string, Finding>> => {
    // The record first: what a workflow does meanwhile is then missing in it, and looked at again.
    const recorded = await recordOf(
      sources.read,
      cases.map(({ number }) => number),
    );
    const histories = await historiesOf(client, sources.read, cases);
    const truths = await replayer.truths(histories);
    return new Map(
      cases.map(({ number }) => {
        const known = recorded.get(number) ?? { row: null, events: [] };
        const truth = (histories.get(number)?.length ?? 0) > 0 ? (truths.get(number) ?? null) : null;
        const open = known.row !== null && known.row.state !== 'closed';
        const difference = truth?.error === undefined && truth ? differenceOf(known, truth) : null;
        return [number, { difference, truth, open }];
      }),
    );
  };

  const settle = async (number: string, tenant: string, finding: Finding): Promise<void> => {
    const { difference, truth, open } = finding;
    report.checked += 1;
    const differs = (problems: string[], mended = false): void =>
      void report.differences.push({ number, tenant, problems, mended });
    if (!truth) {
      if (open) differs(['it is open, but no workflow carries it']);
      else report.withoutHistory += 1;
    } else if (truth.error !== undefined) differs([`its history cannot be replayed: ${truth.error}`]);
    else if (truth.steps.length === 0) report.waiting += 1;
    else if (!difference) report.equal += 1;
    else {
      if (parts.mend) {
        await mendCase(unitOfWork, masters, truth, difference);
        await audit.write({
          tenant,
          actor: 'system',
          action: 'record_mended',
          subject: number,
          detail: { problems: difference.problems.slice(0, 20) },
        });
      }
      differs(difference.problems, parts.mend);
    }
  };

  for await (const page of allCases(client, sources.read)) {
    const first = await look(page);
    const doubtful = page.filter(({ number }) => first.get(number)?.difference);
    if (doubtful.length > 0) await sleep(SETTLE_MS);
    const second = doubtful.length > 0 ? await look(doubtful) : first;
    for (const { number, tenant } of page) {
      const finding = second.get(number) ?? first.get(number);
      if (finding) await settle(number, tenant, finding);
    }
  }
  return report;
}
