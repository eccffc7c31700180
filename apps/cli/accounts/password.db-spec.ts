import { verify } from '@node-rs/argon2';
import { AppUserEntity } from '#libs/persistence/entities/index';
import { UnitOfWork } from '#libs/persistence/unit-of-work';
import { describeOnEachEngine } from '#libs/testing/database';
import { OperatorError } from '../context.js';
import { givePassword } from './password.command.js';

describeOnEachEngine('a password given by the operator', (db) => {
  it('lets the account in again and has to be changed at the first login', async () => {
    const unitOfWork = new UnitOfWork(db.sources);
    await unitOfWork.run((em) =>
      em.insert(AppUserEntity, {
        username: 'first-admin',
        tenant: 'KMC',
        name: 'First Administrator',
        mobile: null,
        passwordHash: '!',
        roles: ['tenant_admin'],
        mustChange: false,
        failedLogins: 5,
        lockedUntil: Date.now() + 60_000,
        disabled: false,
      }),
    );
    const password = await givePassword(unitOfWork, 'first-admin');
    const account = await db.sources.read.manager.findOneByOrFail(AppUserEntity, { username: 'first-admin' });
    expect(await verify(account.passwordHash, password)).toBe(true);
    expect(account).toMatchObject({ mustChange: true, failedLogins: 0, lockedUntil: null });
  });

  it('is refused for an account that does not exist', async () => {
    await expect(givePassword(new UnitOfWork(db.sources), 'nobody')).rejects.toThrow(OperatorError);
  });
});
