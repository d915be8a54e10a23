import { markup, type Markup } from '../../domain/notices/index.js';
import { reportsPage } from './frame.js';

export interface SignInView {
  /** Where the reader wanted to go. */
  readonly to: string;
  /** Why the last key opened nothing; absent: none was given. */
  readonly problem?: string;
}

/** Takes an API key and says what it is good for; the key is not shown again, not even after a mistake. */
export const signInPage = ({ to, problem }: SignInView): string =>
  reportsPage(
    'Sign in',
    markup`<div class="small sheet">
<h1>Sign in to read reports</h1>
${problem === undefined ? null : alarm(problem)}<form method="post" action="/reports/sign-in">
<input type="hidden" name="to" value="${to}">
<label for="key">API key</label>
<input id="key" name="key" type="password" autocomplete="current-password" required maxlength="500" aria-describedby="key-hint"${problem === undefined ? null : markup` aria-invalid="true"`}>
<p class="quiet" id="key-hint">A key with the role leader or ops, as the administrator gave it to you. It opens reports for eight hours in this browser.</p>
<button>Sign in</button>
</form>
<p class="quiet">Signed in already, and came from a mail or another site? <a href="${to}">Go on to the page</a>.</p>
</div>`,
  );

export const alarm = (
  text: string,
): Markup => markup`<p class="alarm" role="alert"><strong>That did not work.</strong> ${text}</p>
`;
