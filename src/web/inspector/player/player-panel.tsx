import { Button, Checkbox, Select } from 'antd';
import type { Voice } from '../../../contract/recordings.ts';
import { inspector } from '../../i18n/inspector/index.ts';
import { useFormat, useTexts } from '../../i18n/locale.tsx';
import { Icon } from '../../shared/icons.tsx';
import { Panel } from '../../shared/page.tsx';
import { KeyHint } from '../keys/judge-keys.ts';
import { type Player, speeds } from './use-player.ts';
import { Voices } from './voices.tsx';

type Props = { player: Player; failed: boolean; voices?: readonly Voice[] | undefined };

/** Both sides as waveforms (agent above, customer below) and everything that moves the playhead. */
export function PlayerPanel({ player, failed, voices = [] }: Props) {
  const t = useTexts(inspector).player;
  const j = useTexts(inspector).judge;
  const format = useFormat();
  const { state } = player;
  const broken = failed || state.phase === 'failed';
  const clock = (seconds: number) => format.clock(seconds * 1000);
  return (
    <Panel title={t.title} className="player" quiet>
      <div className="waves">
        <div className="wave-names" aria-hidden="true">
          <span>{t.agent}</span>
          <span>{t.customer}</span>
        </div>
        <div className="wave-box">
          {broken ? (
            <p className="note tone-bad" role="alert">
              {t.failed}
            </p>
          ) : state.phase === 'loading' ? (
            <p className="muted wave-wait">{t.loading}</p>
          ) : null}
          <div ref={player.box} data-testid="waveform" />
        </div>
      </div>
      <Voices voices={voices} seek={player.seek} />
      <label className="visually-hidden" htmlFor="player-position">
        {t.position}
      </label>
      <input
        id="player-position"
        type="range"
        className="position"
        min={0}
        max={Math.max(1, Math.floor(state.duration))}
        step={1}
        value={Math.floor(state.at)}
        aria-valuetext={clock(state.at)}
        disabled={state.phase !== 'ready'}
        onChange={(event) => player.seek(Number(event.target.value))}
      />
      <div className="row player-row">
        <Button onClick={() => player.move(-5)} disabled={state.phase !== 'ready'}>
          {t.back} <KeyHint action="back" />
        </Button>
        <Button
          type="primary"
          icon={<Icon name={state.playing ? 'pause' : 'play'} />}
          disabled={state.phase !== 'ready'}
          onClick={player.toggle}
          data-testid="play"
        >
          {state.playing ? t.pause : t.play} <KeyHint action="play" />
        </Button>
        <Button onClick={() => player.move(5)} disabled={state.phase !== 'ready'}>
          {t.forward} <KeyHint action="forward" />
        </Button>
        <span>
          <span className="player-clock" data-testid="playhead">
            {clock(state.at)} / {clock(state.duration)}
          </span>
          <span className="muted small player-heard">{j.heard(clock(state.heard), clock(state.duration))}</span>
        </span>
        <span className="grow" />
        <Checkbox checked={state.skipSilence} onChange={player.toggleSilence}>
          {t.skipSilence} <KeyHint action="silence" />
        </Checkbox>
        <Checkbox checked={state.loop !== null} onChange={player.toggleLoop}>
          {t.loop} <KeyHint action="loop" />
        </Checkbox>
        <span className="row">
          <label htmlFor="player-speed" className="visually-hidden">
            {t.speed}
          </label>
          <KeyHint action="slower" />
          <Select
            id="player-speed"
            value={state.speed}
            options={speeds.map((speed) => ({ value: speed, label: `${format.exact(speed)} ×` }))}
            onChange={player.setSpeed}
          />
          <KeyHint action="faster" />
        </span>
      </div>
    </Panel>
  );
}
