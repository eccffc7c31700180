import type { SessionView } from '#libs/contracts/api/views';
import type { Role } from '#libs/domain/case/names';

/** Who is signed in, as the server sees them. */
export interface DeskUser {
  username: string;
  name: string;
  tenant: string;
  roles: Role[];
  posts: SessionView['posts'];
  mustChange: boolean;
}
