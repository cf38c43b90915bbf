export default function Stub() {
  return null;
} // not written yet
