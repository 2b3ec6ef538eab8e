import { useEffect, useRef, type FocusEvent, type ReactNode } from 'react';

/** A dialog above everything else, also above other dialogs, which wait untouched beneath; `label` is the id of its heading. */
export function TopDialog({ label, hiding = false, onClose, children }: { label: string; hiding?: boolean; onClose?: () => void; children: ReactNode }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (dialog.current?.open) return;
    dialog.current?.showModal();
    dialog.current?.querySelector<HTMLElement>('[data-autofocus]')?.focus();
  }, []);
  function closed() {
    if (onClose) onClose();
    else dialog.current?.showModal(); // A second Escape closes whatever the first one may not.
  }
  // A key that is pressed here is not for the dialogs beneath.
  const own = (event: FocusEvent) => event.target.setAttribute('data-mantine-stop-propagation', 'true');
  return (
    <dialog ref={dialog} onFocus={own} aria-labelledby={label} className={hiding ? 'top-dialog hiding' : 'top-dialog'} onCancel={(event) => onClose || event.preventDefault()} onClose={closed}>
      {children}
    </dialog>
  );
}
