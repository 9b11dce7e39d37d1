import { useState } from 'preact/hooks'
import type { Application } from '../../ats-records'
import { Call } from '../../components/call'
import { Choice, Field } from '../../components/field'
import { Headed } from '../../components/headed'
import { useRead } from '../../components/use-read'
import { readStages } from './stages'

/** Where the application is in the pipeline, and a way to move it. */
export function MoveStage({ of, application, changed }: { of: string; application: Application; changed: () => void }) {
  const [chosen, setChosen] = useState('')
  const { value: stages } = useRead('', () => readStages(of))
  if (stages === null || stages.length === 0) return null
  const at = stages.findIndex(({ id }) => id === application.application_stage_id)
  // The next one, unless it is in the last.
  const usual = stages[at + 1] ?? stages[at]
  const stage = stages.find(({ id }) => id === chosen) ?? usual
  return (
    <Headed title="Stage">
      <ol class="pipeline">
        {stages.map(({ id, name }, i) => (
          <li key={id} class={i <= at ? 'done' : undefined} aria-current={i === at ? 'step' : undefined}>
            {name ?? id}
          </li>
        ))}
      </ol>
      <div class="move">
        <Field label="Move to">
          <Choice
            value={stage?.id ?? ''}
            set={setChosen}
            options={stages.map(({ id, name }) => [id, name ?? id] as const)}
          />
        </Field>
        <Call
          method="POST"
          path={`ats/applications/${encodeURIComponent(application.id)}/move`}
          query={{ account: of }}
          body={{ stage: stage?.id }}
          label="Move"
          said="Moved."
          done={() => {
            setChosen('')
            changed()
          }}
          isFolded
        />
      </div>
    </Headed>
  )
}
