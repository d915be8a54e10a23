/**
 * The route table: everything the API answers. Roles and OpenAPI are made of it, so a route that is not here is not.
 */
import type { Route } from './route.js';
import { deleteApiKey } from './routes/delete-api-key.js';
import { getAgreementDiff } from './routes/get-agreement-diff.js';
import { getAgreementSchema } from './routes/get-agreement-schema.js';
import { getApiKeys } from './routes/get-api-keys.js';
import { getAudit } from './routes/get-audit.js';
import { getBaselines } from './routes/get-baselines.js';
import { putBaselines } from './routes/put-baselines.js';
import { getAgreements } from './routes/get-agreements.js';
import { postAgreements } from './routes/post-agreements.js';
import { getAgreementVersions } from './routes/get-agreement-versions.js';
import { postAgreementVersions } from './routes/post-agreement-versions.js';
import { getAgreementVersion } from './routes/get-agreement-version.js';
import { putAgreementVersion } from './routes/put-agreement-version.js';
import { postAgreementSubmit } from './routes/post-agreement-submit.js';
import { postAgreementSign } from './routes/post-agreement-sign.js';
import { postAgreementWithdraw } from './routes/post-agreement-withdraw.js';
import { postAgreementReturn } from './routes/post-agreement-return.js';
import { postAgreementSchedule } from './routes/post-agreement-schedule.js';
import { getAgreementComments } from './routes/get-agreement-comments.js';
import { postAgreementComments } from './routes/post-agreement-comments.js';
import { getSigningPage } from './routes/get-signing-page.js';
import { postSignature } from './routes/post-signature.js';
import { getCommand } from './routes/get-command.js';
import { getHealth } from './routes/get-health.js';
import { getLead } from './routes/get-lead.js';
import { getLeadExplanation } from './routes/get-lead-explanation.js';
import { getLeadPage } from './routes/get-lead-page.js';
import { getLeadTimeline } from './routes/get-lead-timeline.js';
import { getNoticesHeld } from './routes/get-notices-held.js';
import { getPersonSteps } from './routes/get-person-steps.js';
import { getReadiness } from './routes/get-readiness.js';
import { getReport } from './routes/get-report.js';
import { getReportLeads } from './routes/get-report-leads.js';
import { getReportLeadsPage } from './routes/get-report-leads-page.js';
import { getReportOverview } from './routes/get-report-overview.js';
import { getReportPage } from './routes/get-report-page.js';
import { getExplanationPage } from './routes/get-explanation-page.js';
import { getSignInPage } from './routes/get-sign-in-page.js';
import { postSignIn } from './routes/post-sign-in.js';
import { postSignOut } from './routes/post-sign-out.js';
import { getStuckLeads } from './routes/get-stuck-leads.js';
import { getVersionLint } from './routes/get-version-lint.js';
import { postApiKeys } from './routes/post-api-keys.js';
import { getReview } from './routes/get-review.js';
import { getReviewPack } from './routes/get-review-pack.js';
import { getReviews } from './routes/get-reviews.js';
import { postReviewActs } from './routes/post-review-acts.js';
import { postReviewDraft } from './routes/post-review-draft.js';
import { getRollout } from './routes/get-rollout.js';
import { getRolloutLeads } from './routes/get-rollout-leads.js';
import { getRollouts } from './routes/get-rollouts.js';
import { getVersionShadow } from './routes/get-version-shadow.js';
import { getVersionWhatIf } from './routes/get-version-what-if.js';
import { postHistoryImports } from './routes/post-history-imports.js';
import { postCosts } from './routes/post-costs.js';
import { putCost } from './routes/put-cost.js';
import { postOpportunities } from './routes/post-opportunities.js';
import { postLeadCommands } from './routes/post-lead-command.js';
import { postLeads } from './routes/post-leads.js';
import { postNoticesHold } from './routes/post-notices-hold.js';
import { postNoticesRelease } from './routes/post-notices-release.js';
import { getCorrection } from './routes/get-correction.js';
import { getCorrectionVerdicts } from './routes/get-correction-verdicts.js';
import { getCorrections } from './routes/get-corrections.js';
import { postCorrectionOrders } from './routes/post-correction-order.js';
import { postCorrections, postTouchCorrections } from './routes/post-corrections.js';
import { postRolloutOrders } from './routes/post-rollout-order.js';
import { postVersionPreview } from './routes/post-version-preview.js';
import { postVersionRollouts } from './routes/post-version-rollouts.js';
import { postVersionGoLive } from './routes/post-version-go-live.js';
import { postVersionShadow } from './routes/post-version-shadow.js';
import { postWhatIf } from './routes/post-what-if.js';

export const routes: readonly Route[] = [
  postLeads,
  getLead,
  getLeadTimeline,
  getStuckLeads,
  getLeadExplanation,
  getPersonSteps,
  ...postLeadCommands,
  getAgreements,
  postAgreements,
  getAgreementVersions,
  postAgreementVersions,
  getAgreementVersion,
  putAgreementVersion,
  postAgreementSubmit,
  postAgreementSign,
  postAgreementWithdraw,
  postAgreementReturn,
  postAgreementSchedule,
  getBaselines,
  putBaselines,
  getAgreementComments,
  postAgreementComments,
  getSigningPage,
  postSignature,
  getCommand,
  postVersionShadow,
  getVersionShadow,
  postVersionGoLive,
  postNoticesHold,
  postNoticesRelease,
  getNoticesHeld,
  postApiKeys,
  getApiKeys,
  deleteApiKey,
  getAudit,
  getVersionLint,
  getAgreementDiff,
  postVersionPreview,
  postVersionRollouts,
  getRollouts,
  getRollout,
  getRolloutLeads,
  ...postRolloutOrders,
  postCorrections,
  postTouchCorrections,
  getCorrections,
  getCorrection,
  getCorrectionVerdicts,
  ...postCorrectionOrders,
  getAgreementSchema,
  getVersionWhatIf,
  postWhatIf,
  postHistoryImports,
  postOpportunities,
  postCosts,
  putCost,
  getReport,
  getReportLeads,
  getSignInPage,
  postSignIn,
  postSignOut,
  getReportOverview,
  getExplanationPage,
  getReportPage,
  getReportLeadsPage,
  getReviews,
  getReview,
  getReviewPack,
  ...postReviewActs,
  postReviewDraft,
  getLeadPage,
  getHealth,
  getReadiness,
];
