import { render } from 'preact'
import { App } from './app'
import { watch } from './live'
import './styles/app.css'

watch()
const place = document.getElementById('app')
if (place) render(<App />, place)
