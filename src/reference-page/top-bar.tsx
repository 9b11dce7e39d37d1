import { aboutHash } from './address'

export const TopBar = () => (
  <header className="top-bar">
    <a className="brand" href="../_sandbox/ui">
      Assessments sandbox
    </a>
    <nav className="links" aria-label="Site">
      <a href="../_sandbox/ui">Inspector</a>
      <a href="#/" aria-current="page">
        API reference
      </a>
      <a href={aboutHash}>About</a>
      <a href="../openapi.json">OpenAPI</a>
      <a href="../llms.txt" title="How to drive the sandbox, in a page">
        Guide
      </a>
    </nav>
  </header>
)
