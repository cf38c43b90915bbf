/** Ant Design's tokens from our palette, with the contrasts its defaults miss (placeholders, hints, disabled text). */
import { type ThemeConfig, theme } from 'antd';
import { type Appearance, palettes } from './palette.ts';

export const fontFamily =
  "system-ui, -apple-system, 'Segoe UI', Roboto, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'WenQuanYi Micro Hei', sans-serif";

/** `still`: for users who asked for no motion, nothing slides or fades. */
export function antdTheme(appearance: Appearance, still: boolean): ThemeConfig {
  const p = palettes[appearance];
  return {
    algorithm: appearance === 'dark' ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: {
      // The dark algorithm dims its seed by about 15 %: it gets a brighter one.
      colorPrimary: appearance === 'dark' ? '#66dcd4' : p.accent,
      colorSuccess: p.ok,
      colorWarning: p.warn,
      colorError: p.bad,
      colorInfo: p.info,
      colorLink: p.accent,
      colorBgBase: appearance === 'dark' ? p.ground : '#ffffff',
      colorBgContainer: p.surface,
      colorBgElevated: p.surface,
      colorBgLayout: p.ground,
      colorBorder: p['line-strong'],
      colorBorderSecondary: p.line,
      colorText: p.text,
      colorTextSecondary: p.muted,
      colorTextTertiary: p.muted,
      colorTextDescription: p.muted,
      colorTextPlaceholder: p.muted,
      colorTextDisabled: p.muted,
      colorTextQuaternary: p.muted,
      borderRadius: 6,
      fontFamily,
      fontSize: 14,
      ...(still ? { motion: false } : { motionDurationMid: '0.1s', motionDurationSlow: '0.15s' }),
    },
    components: {
      Button: {
        primaryColor: p['on-accent'],
        dangerColor: p['on-accent'],
        primaryShadow: 'none',
        defaultShadow: 'none',
      },
      Table: { headerBg: p.raised, headerColor: p.muted, cellPaddingBlockMD: 8, cellPaddingBlockSM: 6 },
      Tag: { defaultColor: p.text },
    },
  };
}
