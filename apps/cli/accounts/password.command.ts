import { randomInt } from 'node:crypto';
import type { Command } from 'commander';
import { giveNewPassword } from '#libs/casework/new-password';
import { UnitOfWork } from '#libs/persistence/unit-of-work';
import { OperatorError, withDatabase } from '../context.js';
import { print } from '../output.js';

/** Without letters and digits that are taken for one another. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';
const LENGTH = 14;

/** Accounts come by import without a password; the first administrator's has to be given from here. */
export function addPassword(program: Command): void {
  program
    .command('password')
    .argument('<username>', 'an account, as imported with `import users`')
    .description('gives an account a new password, to be changed at the first login')
    .action((username: string) =>
      withDatabase(async ({ sources }) =>
        print(`${username}: ${await givePassword(new UnitOfWork(sources), username)}`),
      ),
    );
}

/** @throws OperatorError when there is no such account */
export async function givePassword(unitOfWork: UnitOfWork, username: string): Promise<string> {
  const password = randomPassword();
  if (await giveNewPassword(unitOfWork, username, password)) return password;
  throw new OperatorError(`There is no account "${username}". Import it first: pratikar import users FILE --apply`);
}

export function randomPassword(): string {
  return Array.from({ length: LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join('');
}
