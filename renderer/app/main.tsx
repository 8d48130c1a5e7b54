/** Entry of the page. */
import './no-eval.ts';
import '../styles/tokens.css';
import '../styles/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { connect } from './connect.ts';

const root = document.getElementById('root');
if (!root) throw new Error('the page has no root');
const connection = await connect(window);
createRoot(root).render(
  <StrictMode>
    <App connection={connection} />
  </StrictMode>,
);
