import { isAboutAts, readRecords } from '../../ats-records'
import { useLiveChange } from '../../components/use-live-change'
import { useRead } from '../../components/use-read'
import { route, setQuery } from '../../route'
import { readStages } from './stages'

/** The id of the stage whose applications are listed; empty for all. */
export const stageChosen = (): string => route.value.query.get('stage') ?? ''

/** Chooses a stage of the pipeline; each says how many applications are in it. */
export function StageFilter({ of, jobId }: { of: string; jobId: string }) {
  const { value, again } = useRead(jobId, async () => {
    const [stages, { counts, total }] = await Promise.all([
      readStages(of),
      readRecords(of, 'applications', { job_id: jobId, limit: 1, countBy: 'application_stage_id' }),
    ])
    return { stages, counts: counts ?? {}, total }
  })
  useLiveChange(isAboutAts, again, 1_000)
  const chosen = stageChosen()
  if (value === null) return null
  return (
    <select
      aria-label="Stage"
      value={chosen}
      onChange={({ currentTarget }) => {
        setQuery('stage', currentTarget.value)
      }}
    >
      <option value="" selected={chosen === ''}>
        All stages ({value.total})
      </option>
      {value.stages.map(({ id, name }) => (
        <option key={id} value={id} selected={id === chosen}>
          {name ?? id} ({value.counts[id] ?? 0})
        </option>
      ))}
    </select>
  )
}
