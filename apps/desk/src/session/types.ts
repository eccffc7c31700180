import type { Role } from '#libs/domain/case/names';

export interface DeskPost {
  position: string;
  designation: string;
  role: Role;
  department: string;
}

/** Who is signed in, as the server sees them. */
export interface DeskUser {
  username: string;
  name: string;
  tenant: string;
  roles: Role[];
  posts: DeskPost[];
  mustChange: boolean;
}
