/** `npm start`. The version check comes first, because what follows is written for the Node it asks for. */
import './node-version.mjs';

const { launch } = await import('./launch.mjs');
await launch();
