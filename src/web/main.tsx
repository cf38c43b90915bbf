import './theme/office.css';
import './theme/base.css';
import './theme/sign-in.css';
import './theme/layout.css';
import './theme/parts.css';
import './theme/tables-and-forms.css';
import './theme/meters.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
