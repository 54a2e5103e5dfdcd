// What several modules take.

@export()
type Tags = { *: string }

@export()
@description('How large one deployment is. docs/cost.md says what each size carries and costs.')
type Size = 'ward' | 'hospital' | 'region'

@export()
@description('Whose object id it is, as role assignments want to know.')
type PrincipalKind = 'User' | 'ServicePrincipal' | 'Group'

@export()
@description('App settings: name, value.')
type Settings = { *: string }
