import {Plan} from 'pev2';
import {createApp, h} from 'vue';

/** Runs in the browser: shows a plan in pev2 as its own documentation does, and says how long that took. */
async function showPlan(text: string): Promise<number> {
  const begin = performance.now();
  const host = document.createElement('div');
  host.style.height = '720px';
  document.body.replaceChildren(host);
  createApp({render: () => h(Plan, {planSource: text, planQuery: ''})}).mount(host);
  // It is there once its first node is, and a frame with it was drawn.
  while (host.querySelector('.plan-node') === null) await frame();
  await frame();
  return performance.now() - begin;
}

function frame(): Promise<number> {
  return new Promise(resolve => requestAnimationFrame(resolve));
}

Reflect.set(window, 'showPlan', showPlan);
