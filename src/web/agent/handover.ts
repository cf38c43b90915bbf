/** Only one window takes calls. When it closes, another that the agent still has open goes on by itself, so that no customer is put through to nobody. */
import { useEffect, useRef } from 'react';

const channelName = 'fairline.desk';
const left = 'left';

/** `live`: this window takes the calls; `waiting`: another does. Crashes and other browsers say nothing: there the button is left. */
export function useHandover({ live, waiting, takeOver }: { live: boolean; waiting: boolean; takeOver: () => void }) {
  const now = useRef({ live, waiting, takeOver });
  useEffect(() => {
    now.current = { live, waiting, takeOver };
  });
  useEffect(() => {
    const channel = new BroadcastChannel(channelName);
    const leave = () => {
      if (now.current.live) channel.postMessage(left);
    };
    channel.onmessage = ({ data }) => {
      if (data === left && now.current.waiting) now.current.takeOver();
    };
    window.addEventListener('pagehide', leave);
    return () => {
      window.removeEventListener('pagehide', leave);
      channel.close();
    };
  }, []);
}
