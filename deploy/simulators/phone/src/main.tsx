import { render } from 'preact';
import { App } from './app.js';
import '../../../../libs/ui/fonts.css';
import './phones.css';
import { locale, words } from './words.js';

document.documentElement.lang = locale;
document.title = `${words.title} · Pratikar`;
const root = document.getElementById('root');
if (root) render(<App />, root);
