/** Our mark: a coin above the horizon, the sea below it ruled like a ledger. */
export function Mark({ size = 28 }: { size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 32 32"
      fill="none"
      strokeWidth="2"
      strokeLinecap="round"
      stroke="var(--accent-text)"
      aria-hidden
    >
      <circle cx="16" cy="16" r="14" />
      <circle cx="16" cy="10.2" r="2.8" fill="var(--brass)" stroke="none" />
      <path d="M5.6 17.2h20.8M8.2 21.4h15.6M12.4 25.6h7.2" />
    </svg>
  )
}
