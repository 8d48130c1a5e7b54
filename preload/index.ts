/** The bridge between page and program: texts in, texts out. Nothing of Electron, no event object, reaches the page. */
import { contextBridge, type IpcRendererEvent, ipcRenderer } from 'electron';

contextBridge.exposeInMainWorld('bridge', {
  post: (text: string) => ipcRenderer.send('gaib:call', String(text)),
  listen: (onText: (text: string) => void) => {
    const pass = (_event: IpcRendererEvent, text: string) => onText(text);
    ipcRenderer.on('gaib:answer', pass);
    return () => void ipcRenderer.removeListener('gaib:answer', pass);
  },
});
