import 'reflect-metadata';
import { Command } from 'commander';
import { SettingsError } from '#libs/config/settings';
import { RecordUnavailableError } from '#libs/persistence/record-errors';
import { addPassword } from './accounts/password.command.js';
import { OperatorError } from './context.js';
import { addDoctor } from './doctor/doctor.command.js';
import { addExport } from './export.command.js';
import { addLodge } from './grievances/lodge.command.js';
import { addShow } from './grievances/show.command.js';
import { addSimulate } from './grievances/simulate.command.js';
import { addHistory } from './history/history.command.js';
import { addImport } from './masters/import.command.js';
import { addMigrate } from './migrate.command.js';
import { addPrepare } from './prepare/prepare.command.js';

const program = new Command('pratikar')
  .description("The operator's command line")
  .showHelpAfterError('(pratikar --help tells more)');

for (const add of [
  addDoctor,
  addLodge,
  addShow,
  addHistory,
  addSimulate,
  addImport,
  addExport,
  addPassword,
  addMigrate,
  addPrepare,
])
  add(program);

try {
  await program.parseAsync();
} catch (error) {
  const expected = [OperatorError, SettingsError, RecordUnavailableError].some((type) => error instanceof type);
  process.stderr.write(
    `${expected || !(error instanceof Error) ? messageOf(error) : (error.stack ?? error.message)}\n`,
  );
  process.exitCode = 1;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
