import { createContext, useCallback, useContext, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from './icon.js';

interface Toast {
  id: number;
  text: string;
  tone: 'green' | 'red' | 'amber';
}

type Say = (text: string, tone?: Toast['tone']) => void;
const ToastContext = createContext<Say>(() => undefined);

export function useToast(): Say {
  return useContext(ToastContext);
}

/** Short confirmations, read out politely; problems stay until they are put away. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const [toasts, setToasts] = useState<readonly Toast[]>([]);
  const next = useRef(1);
  const drop = useCallback((id: number) => setToasts((all) => all.filter((toast) => toast.id !== id)), []);
  const say = useCallback<Say>(
    (text, tone = 'green') => {
      const id = next.current++;
      setToasts((all) => [...all.slice(-2), { id, text, tone }]);
      if (tone === 'green') setTimeout(() => drop(id), 6000);
    },
    [drop],
  );
  return (
    <ToastContext.Provider value={say}>
      {children}
      <div className="toasts" role="status" aria-live="polite">
        {toasts.map((toast) => (
          <div key={toast.id} className={`toast toast--${toast.tone}`}>
            <Icon name={toast.tone === 'green' ? 'check' : 'alert'} />
            <span>{toast.text}</span>
            <button type="button" className="link-button" onClick={() => drop(toast.id)}>
              {t('shell.close')}
            </button>
          </div>
        ))}
      </div>
    </ToastContext.Provider>
  );
}
