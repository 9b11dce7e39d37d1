import { HighlightCode } from './highlight'
import { authorize } from './kept-credentials'
import { layoutOf } from './layout'
import { labelledChoice, labelledField, NoTryOutButton, TextArea } from './fields'
import { Operation } from './operation'
import { setReact } from './react'
import { spec } from './spec'
import type { System } from './swagger'
import './styles/page.css'

// Where an earlier version of Swagger UI kept keys permanently.
localStorage.removeItem('authorized')

const viewer = SwaggerUIBundle({
  url: new URL('json', location.href).href,
  dom_id: '#app',
  layout: 'ReferenceLayout',
  plugins: [ownComponents],
  validatorUrl: null,
  // One operation is open at a time, and always expanded.
  docExpansion: 'full',
  tryItOutEnabled: true,
  displayRequestDuration: true,
  defaultModelExpandDepth: 1,
  // Without this, the browser asks for a key when one is refused. With -g, curl takes brackets literally.
  requestInterceptor: (request: object) => Object.assign(request, { credentials: 'omit', curlOptions: ['-g'] }),
  onComplete: () => {
    authorize(viewer)
  },
})

/** Everything around Swagger UI's fields, schemas and requests is the sandbox's own. */
function ownComponents(system: System) {
  setReact(system.React)
  return {
    statePlugins: { spec },
    components: { ReferenceLayout: layoutOf(system) },
    wrapComponents: {
      operation: () => Operation,
      HighlightCode: () => HighlightCode,
      TextArea: () => TextArea,
      JsonSchemaForm: labelledField,
      ExamplesSelect: labelledChoice,
      TryItOutButton: () => NoTryOutButton,
    },
  }
}
