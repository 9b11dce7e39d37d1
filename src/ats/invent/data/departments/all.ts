import { customers } from './customers'
import { data } from './data'
import type { DepartmentKind } from './department'
import { design } from './design'
import { engineering } from './engineering'
import { operations } from './operations'
import { sales } from './sales'

export const departmentKinds: readonly DepartmentKind[] = [engineering, design, data, customers, sales, operations]
