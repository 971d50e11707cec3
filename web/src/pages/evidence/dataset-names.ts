import { useRead } from '../../frame/index.ts'
import { capital } from '../../parts/listing/capital.ts'

/** Datasets in words. */
export function useDatasetNames(): (dataset: string) => string {
  const { data } = useRead('/evidence')
  return (dataset) => capital(data?.datasets.find((each) => each.dataset === dataset)?.text ?? dataset)
}
