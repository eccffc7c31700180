import 'reflect-metadata';
import { Command } from 'commander';
import { SettingsError } from '#libs/config/settings';
import { RecordUnavailableError } from '#libs/persistence/record-errors';
import { OperatorError } from './context.js';

/** Each is loaded when it is called: together they would take longer to load than most of them to run. */
const COMMANDS: Readonly<Record<string, () => Promise<(program: Command) => void>>> = {
  doctor: async () => (await import('./doctor/doctor.command.js')).addDoctor,
  lodge: async () => (await import('./grievances/lodge.command.js')).addLodge,
  show: async () => (await import('./grievances/show.command.js')).addShow,
  history: async () => (await import('./history/history.command.js')).addHistory,
  simulate: async () => (await import('./grievances/simulate.command.js')).addSimulate,
  import: async () => (await import('./masters/import.command.js')).addImport,
  export: async () => (await import('./export.command.js')).addExport,
  channel: async () => (await import('./channels/channel.command.js')).addChannel,
  password: async () => (await import('./accounts/password.command.js')).addPassword,
  backup: async () => (await import('./backup/backup.command.js')).addBackup,
  restore: async () => (await import('./backup/restore.command.js')).addRestore,
  migrate: async () => (await import('./migrate.command.js')).addMigrate,
  prepare: async () => (await import('./prepare/prepare.command.js')).addPrepare,
};

const program = new Command('pratikar')
  .description("The operator's command line")
  .showHelpAfterError('(pratikar --help tells more)');

const wanted = COMMANDS[process.argv[2] ?? ''];
for (const add of wanted ? [wanted] : Object.values(COMMANDS)) (await add())(program);

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
