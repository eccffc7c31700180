import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { Principal } from '#libs/casework/principal';
import type { PostRef } from '#libs/domain/case/types';
import { MastersService, postsOf } from '#libs/masters/index';
import { AppUserEntity } from '#libs/persistence/entities/index';
import { withinPatience } from '#libs/persistence/patience';
import { isUnreachable } from '#libs/persistence/record-errors';

/** How long an account is believed as read: a disabled one is refused after this time. */
const FRESH_MS = 5_000;

/** Staff accounts by name, remembered for a few seconds and served on while the database is down. */
@Injectable()
export class StaffDirectory {
  private readonly known = new Map<string, { user: AppUserEntity | null; readAt: number }>();

  constructor(
    @InjectDataSource() private readonly read: DataSource,
    private readonly masters: MastersService,
  ) {}

  /** Whether the password was given by somebody else and has to be replaced before anything else. */
  async mustChange(username: string): Promise<boolean> {
    return (await this.find(username))?.mustChange ?? false;
  }

  /** The caller behind a username with the roles of the account and of the posts they act for; null: no such account. */
  async principal(username: string): Promise<Principal | null> {
    const user = await this.find(username);
    if (!user || user.disabled) return null;
    const snapshot = await this.masters.snapshot(user.tenant);
    const posts = postsOf(snapshot, username, Date.now());
    return {
      kind: 'staff',
      id: `user:${username}`,
      username,
      tenant: user.tenant,
      name: user.name,
      roles: [...new Set([...user.roles, ...posts.map((post) => post.role)])],
    };
  }

  /** Posts a member of staff acts for now. */
  async posts({ username, tenant }: Principal): Promise<PostRef[]> {
    return username === undefined ? [] : postsOf(await this.masters.snapshot(tenant), username, Date.now());
  }

  forget(username: string): void {
    this.known.delete(username);
  }

  private async find(username: string): Promise<AppUserEntity | null> {
    const entry = this.known.get(username);
    if (entry && Date.now() - entry.readAt < FRESH_MS) return entry.user;
    try {
      const asked = this.read.manager.findOneBy(AppUserEntity, { username });
      const user = await (entry ? withinPatience(asked) : asked);
      this.known.set(username, { user, readAt: Date.now() });
      return user;
    } catch (error) {
      if (entry && isUnreachable(error)) return entry.user;
      throw error;
    }
  }
}
