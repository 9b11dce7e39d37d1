import { html } from 'ghtml'
import { kindInWords, type OrderKind } from '../../../schemas/order-kinds'
import { outcomes, type TestForm } from '../../../schemas/test-form'
import type { CandidateTest } from '../../assessments/take-assessment'
import { passMark } from '../../assessments/take-assessment'
import type { SandboxError } from '../../errors'
import { page } from './layout'

/** A refused form, to show again with the reason. */
export interface Refused {
  refusal: SandboxError
  form: Partial<TestForm>
}

/** The page behind a `test_url`, in any state of the order. */
export function testView(test: CandidateTest, refused: Refused | null = null): string {
  const what = `Your ${kindInWords(test.kind)}`
  const title = test.packageName ?? what
  return page(
    refused === null ? title : `Error: ${title}`,
    html`<div class="card">
        <h1 dir="auto">${title}</h1>
        !${test.packageName === null ? '' : html`<p class="quiet">${what}</p>`}
        !${refused === null ? '' : notice(refused.refusal)} !${facts(test)} !${steps(test)} !${body(test, refused)}
      </div>
      !${test.isFinished ? '' : outcomeBox(test, refused)}`,
    linkBack(test),
  )
}

/** To the order in the inspector; relative, so that it works behind a path prefix. */
function linkBack({ accountId, orderId }: CandidateTest): string {
  const address = `../_sandbox/ui#/orders/${encodeURIComponent(accountId)}/${encodeURIComponent(orderId)}`
  return html`If you run it, see <a href="${address}">this order in the inspector</a>.`
}

const notice = ({ message, hint }: SandboxError) =>
  html`<div class="notice" role="alert"><p><strong>${message}.</strong> ${hint}</p></div>`

const facts = ({ candidateName, jobTitle, state }: CandidateTest) =>
  html`<dl>
    <dt>Candidate</dt>
    <dd dir="auto">${candidateName ?? 'not specified'}</dd>
    <dt>Job</dt>
    <dd dir="auto">${jobTitle ?? 'not specified'}</dd>
    <dt>State</dt>
    <dd>${state}</dd>
  </dl>`

const stepNames = ['Ready', 'In progress', 'Done']

function steps({ state, isFinished }: CandidateTest): string {
  const current = isFinished ? 2 : state === 'in_progress' ? 1 : 0
  const items = stepNames.map((name, i) =>
    i === current
      ? html`<li class="done" aria-current="step">${name}</li>`
      : html`<li class="${i < current ? 'done' : ''}">${name}</li>`,
  )
  return html`<ol class="steps">
    !${items.join('')}
  </ol>`
}

function body(test: CandidateTest, refused: Refused | null): string {
  if (test.isFinished) return verdict(test)
  const { introduction, form } = contents[test.kind]
  return test.state === 'in_progress' ? form(test, refused?.form ?? {}) : startForm(introduction(test))
}

interface Content {
  /** What to expect, before the start. */
  introduction: (test: CandidateTest) => string
  /** What to fill in. */
  form: (test: CandidateTest, form: Partial<TestForm>) => string
}

const contents: Readonly<Record<OrderKind, Content>> = {
  assessment: {
    introduction: ({ questions }) =>
      html`<p>
        There are ${String(questions.length)} questions, each with one correct answer. You need ${String(passMark)}% to
        pass. There is no time limit.
      </p>`,
    form: questionForm,
  },
  background_check: {
    introduction: ({ checks }) =>
      html`<p>There are no questions: you only have to give your consent.</p>
        !${listOfChecks(checks)}`,
    form: consentForm,
  },
}

const startForm = (introduction: string) =>
  html`!${introduction}
    <form method="post">
      <input type="hidden" name="step" value="start" />
      <button>Start</button>
    </form>`

const listOfChecks = (checks: readonly string[]) =>
  checks.length === 0
    ? ''
    : html`<p>The package covers:</p>
        <ul dir="auto">
          !${checks.map((check) => html`<li>${check}</li>`).join('')}
        </ul>`

function consentForm({ checks }: CandidateTest): string {
  return html`!${listOfChecks(checks)}
    <form method="post">
      <input type="hidden" name="step" value="submit" />
      <fieldset>
        <legend>Your consent</legend>
        <label class="choice">
          <input type="checkbox" name="consent" value="yes" required />
          <span>I consent to this background check.</span>
        </label>
      </fieldset>
      <button>Submit</button>
    </form>`
}

function questionForm({ questions }: CandidateTest, form: Partial<TestForm>): string {
  const fields = questions.map(({ text, choices }, i) => {
    const name = `q${String(i + 1)}`
    const labels = choices.map(
      (choice, value) =>
        html`<label class="choice">
          <input type="radio" name="${name}" value="${String(value)}" required !${form[name] === String(value) ? 'checked' : ''} />
          <span>${choice}</span>
        </label>`,
    )
    return html`<fieldset>
      <legend>${String(i + 1)}. ${text}</legend>
      !${labels.join('')}
    </fieldset>`
  })
  return html`<form method="post">
    <input type="hidden" name="step" value="submit" />
    !${fields.join('')}
    <button>Submit</button>
  </form>`
}

const verdicts: Partial<Record<CandidateTest['state'], string>> = {
  passed: 'Passed',
  failed: 'Not passed',
  completed: 'Completed',
  cancelled: 'Cancelled',
  expired: 'Expired',
}

function verdict({ kind, state, result }: CandidateTest): string {
  const { value, max } = result?.score ?? {}
  const score = value == null ? '' : `: ${value}${max == null ? '' : ` of ${max}`}`
  return html`<h2 class="verdict ${state}">${verdicts[state] ?? 'Finished'}${score}</h2>
    !${result?.summary ? html`<p class="summary" dir="auto">${result.summary}</p>` : ''}
    <p class="quiet">The ${kindInWords(kind)} is finished. There is nothing left to do.</p>`
}

const testInWords: Readonly<Record<OrderKind, string>> = { assessment: 'test', background_check: 'check' }

function outcomeBox({ kind }: CandidateTest, refused: Refused | null): string {
  const form = refused?.form.step === 'outcome' ? refused.form : {}
  const options = outcomes.map(
    (outcome) => html`<option !${form.outcome === outcome ? 'selected' : ''}>${outcome}</option>`,
  )
  return html`<section class="sandbox" aria-labelledby="sandbox">
    <h2 id="sandbox">Sandbox: choose an outcome</h2>
    <p class="quiet">Not part of the ${testInWords[kind]}. It ends immediately, as if the provider had reported this outcome.</p>
    <form method="post">
      <input type="hidden" name="step" value="outcome" />
      <div class="row">
        <label class="field">Outcome <select name="outcome">!${options.join('')}</select></label>
        <label class="field">
          Score <small>(0–100, optional)</small>
          <input name="score" type="number" min="0" max="100" step="any" value="${form.score ?? ''}" />
        </label>
      </div>
      <label class="field">
        Summary <small>(optional)</small>
        <textarea name="summary" rows="2" dir="auto">${form.summary ?? ''}</textarea>
      </label>
      <button>Finish with this outcome</button>
    </form>
  </section>`
}
