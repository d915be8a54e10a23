import { foldLead } from '../domain/lifecycle/evolve.js';
import type { Workload } from '../domain/routing/directory.js';
import type { Queries } from './connections.js';
import type { ExistingLead, IntakeAnswer, IntakePost } from './intake-shapes.js';
import { readStories } from './ledger.js';
import { workloadColumns } from './workload.js';

/** What is stored about one post. */
export interface Found {
  /** The first answer to the same body. */
  readonly answer: IntakeAnswer | undefined;
  readonly existing: ExistingLead | undefined;
}

export interface Lookup {
  readonly workload: Workload;
  /** In the order of the posts. */
  readonly found: readonly Found[];
}

interface FoundRow {
  readonly status: number | null;
  readonly bytes: string | null;
  readonly own_id: string | null;
  readonly own_stage: string | null;
  readonly mail_id: string | null;
}

// A lead is known by the source and id it came with, and by those of every post that joined it. Each is looked up by
// itself: joined at once, the planner reads all leads of the workspace while they seem few.
const lookupQuery = `SELECT ${workloadColumns('$1')}, (SELECT json_agg(row_to_json(found) ORDER BY number) FROM (
  SELECT post.number, first.answer_status AS status, first.answer AS bytes,
    coalesce(own.id, joined.id) AS own_id, coalesce(own.stage, joined.stage) AS own_stage, mail.id AS mail_id
  FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[])
    WITH ORDINALITY AS post (source, external_id, body_hash, agreement, email, number)
  LEFT JOIN intake AS first ON first.workspace = $1 AND first.source = post.source
    AND first.external_id = post.external_id AND first.body_hash = post.body_hash
  LEFT JOIN LATERAL (
    SELECT lead_id FROM intake WHERE workspace = $1 AND source = post.source AND external_id = post.external_id
    ORDER BY stored_at DESC LIMIT 1) AS latest ON true
  LEFT JOIN LATERAL (
    SELECT id, stage FROM lead WHERE workspace = $1 AND source = post.source AND external_id = post.external_id
    LIMIT 1) AS own ON true
  LEFT JOIN lead AS joined ON joined.workspace = $1 AND joined.id = latest.lead_id
  LEFT JOIN LATERAL (
    SELECT id FROM lead WHERE workspace = $1 AND agreement_name = post.agreement AND email_normalised = post.email
      AND stage NOT IN ('inquiry', 'disqualified', 'customer')
    ORDER BY handed_off_at DESC LIMIT 1) AS mail ON true
  ) AS found) AS found`;

/** What the database knows about the posts, and who has how many leads: one round trip, two if there are leads to fold. */
export async function lookUpPosts(queries: Queries, workspace: string, posts: readonly IntakePost[]): Promise<Lookup> {
  const { rows } = await queries.query<Workload & { found: readonly FoundRow[] }>({
    name: 'look-up-posts',
    text: lookupQuery,
    values: [
      workspace,
      posts.map(({ request }) => request.source),
      posts.map(({ request }) => request.externalId),
      posts.map(({ bodyHash }) => bodyHash),
      posts.map(({ agreementName }) => agreementName),
      posts.map(({ normalisedEmail }) => normalisedEmail),
    ],
  });
  const [row] = rows;
  if (row === undefined) throw new Error('the intake query returned no row');
  const { openLeadCounts, lastGivenAt, found } = row;
  return { workload: { openLeadCounts, lastGivenAt }, found: await withExisting(queries, workspace, found) };
}

async function withExisting(queries: Queries, workspace: string, rows: readonly FoundRow[]): Promise<readonly Found[]> {
  const matches = rows.map(matchOf);
  const leadIds = matches.flatMap((match) => (match === undefined ? [] : [match.leadId]));
  const stories = await readStories(queries, workspace, [...new Set(leadIds)]);
  return rows.map((row, index) => {
    const match = matches[index];
    const events = (match && stories.get(match.leadId)) ?? [];
    const existing = match && { matchedBy: match.matchedBy, state: foldLead(events), events };
    return { answer: answerOf(row), existing };
  });
}

const answerOf = ({ status, bytes }: FoundRow): IntakeAnswer | undefined =>
  status === null || bytes === null ? undefined : { status, bytes };

/** Its own lead, unless that one was excluded and another one runs under the same address. */
function matchOf(
  row: FoundRow,
): { readonly leadId: string; readonly matchedBy: ExistingLead['matchedBy'] } | undefined {
  if (row.status !== null) return undefined;
  const { own_id: own, own_stage: stage, mail_id: mail } = row;
  if (own !== null && (stage !== 'inquiry' || mail === null)) return { leadId: own, matchedBy: 'external-id' };
  return mail === null ? undefined : { leadId: mail, matchedBy: 'email' };
}
