import type { VersionWorkflows } from '../../domain/agreement/ports.js';
import type { ReviewWorkflows } from '../../domain/reviews/index.js';

/** Whatever becomes of a version, the reviews of its agreement look at their days anew; those of its first begin. */
export const alsoTelling = (
  versions: VersionWorkflows,
  reviews: Pick<ReviewWorkflows, 'nudgeSeries'>,
): VersionWorkflows => ({
  tell: async (standing) => {
    await versions.tell(standing);
    if (standing.status === 'active' || standing.status === 'superseded') await reviews.nudgeSeries(standing.name);
  },
});
