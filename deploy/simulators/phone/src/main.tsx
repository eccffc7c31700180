import { render } from 'preact';
import { App } from './app.js';
import '../../../../libs/ui/fonts.css';
import './phones.css';

const root = document.getElementById('root');
if (root) render(<App />, root);
