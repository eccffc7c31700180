import type { Locale, Role } from '#libs/domain/case/names';

export type Names = Partial<Record<Locale, string>> & { en: string };

export interface Department {
  code: string;
  names: Names;
}

export interface SubCategory {
  code: string;
  category: string;
  names: Names;
  department: string;
  slaHours: number;
  calendar: 'office' | 'round_the_clock';
  evidencePhoto: boolean;
  hideComplainant: boolean;
}

export interface Ward {
  code: string;
  borough: string;
  name: string;
}

export interface Post {
  position: string;
  designation: string;
  role: Role;
  department: string;
  wards: string[];
  holder: string | null;
}

export interface RejectReason {
  code: string;
  names: Names;
}

/** The words behind the codes of one city. */
export interface Masters {
  departments: Department[];
  subCategories: SubCategory[];
  wards: Ward[];
  posts: Post[];
  rejectReasons: RejectReason[];
}
