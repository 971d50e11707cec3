const PATHS = {
  menu: 'M3 5h14M3 10h14M3 15h14',
  sun: 'M10 6.5a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7zM10 1.8v2M10 16.2v2M1.8 10h2M16.2 10h2M4.2 4.2l1.4 1.4M14.4 14.4l1.4 1.4M4.2 15.8l1.4-1.4M14.4 5.6l1.4-1.4',
  moon: 'M16.5 12.2A7 7 0 0 1 7.8 3.5a7 7 0 1 0 8.7 8.7z',
  user: 'M10 3.2a3.3 3.3 0 1 1 0 6.6 3.3 3.3 0 0 1 0-6.6zM3.5 17c.6-3.3 3.2-5 6.5-5s5.9 1.7 6.5 5',
  brand: 'M4 4.5h11M4 9h7M4 13.5h3.5M9 14l2.6 2.6L17 10.2',
  calendar: 'M3.5 5h13v11.5h-13zM3.5 8.5h13M7 3v3.5M13 3v3.5',
} as const

/** A small drawing beside words or inside a button that has a label; never read aloud. */
export function Icon({ name }: { name: keyof typeof PATHS }) {
  return (
    <svg className="cv-icon" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  )
}
