export interface Person {
  user: string;
  login: string;
  name: string;
  role: string;
  role_title: string;
  territory: string;
  school: string;
  permissions: string[];
  csrf_token: string;
  expires: number;
}

export interface Territory {
  id: string;
  name: string;
  parent: string;
}

export interface Territories {
  territories: Territory[];
  years: { year: number; title: string }[];
  snapshot: string;
}

export interface School {
  id: string;
  name: string;
  territory: string;
  type: string;
  settlement: string;
  grade_low: number;
  grade_high: number;
  distance_km?: number;
}

export type Verdict = 'listed' | 'watch' | 'not_listed' | 'unknown' | 'excluded';
export type Reliability = 'sure' | 'unsure' | 'borderline' | 'none' | 'no_data';

export interface Listing {
  school: string;
  school_name: string;
  verdict: Verdict;
  verdict_title: string;
  probability?: number;
  reliability: Reliability;
  rules_met: string[];
  notes: string[];
  findings: { rule: string; clause: string; outcome: string }[];
  teacher?: string;
  text?: string;
}

export interface SchoolList {
  methodology: string;
  version: string;
  year: number;
  year_title: string;
  snapshot: string;
  listings: Listing[];
}

export interface MethodologyHead {
  id: string;
  version: string;
  title: string;
  issuer: string;
  source: string;
  level: string;
  evidence: string;
  official_list: boolean;
  lists: boolean;
}

export interface Parameter {
  name: string;
  title: string;
  value: string;
  other: string[];
  clause: string;
  evidence: string;
  why: string;
}

export interface Methodology extends MethodologyHead {
  parameters: Parameter[];
  rules: { id: string; clause: string; title: string; evidence: string; when: string; flag: boolean }[];
  listing: string;
  notes: { code: string; clause: string; what: string; parameter: string }[];
  text: string;
}

export interface Indicator {
  indicator: string;
  title: string;
  unit: string;
  value: number;
  type?: string;
  subject?: string;
  grade?: number;
  numerator?: number;
  n?: number;
  low?: number;
  high?: number;
}

export interface User {
  id: string;
  login: string;
  name: string;
  role: string;
  role_title: string;
  territory: string;
  school: string;
  assigned: string[];
  active: boolean;
  can_enter: boolean;
}
