/** What people write, by what they answered; `{agent}` is a person's name. */
export const COMMENTS: Record<'promoter' | 'passive' | 'detractor', readonly string[]> = {
  promoter: [
    'Muy conforme con el servicio, {agent} siempre responde el teléfono.',
    'La plataforma ha sido estable todo el trimestre, felicitaciones al equipo.',
    'Excelente la puesta en marcha; {agent} nos acompañó en cada etapa.',
    'Los reportes llegan a tiempo y los supervisores están contentos.',
    'Recomendaría el servicio a otras empresas del rubro.',
    'Rápida solución cada vez que abrimos un ticket.',
  ],
  passive: [
    'En general bien, pero los cambios en el IVR demoran más de lo esperado.',
    'Cumple lo contratado; falta capacitación para los supervisores nuevos.',
    'Buen servicio, aunque la facturación llega con atraso.',
    'Estamos conformes, esperamos mejoras en los reportes de calidad.',
  ],
  detractor: [
    'Tuvimos caídas del servicio y nadie nos avisó a tiempo. Llamé a {agent} y no contestó.',
    'Las llamadas se cortan y el audio llega con eco.',
    'Demasiado tiempo para resolver incidentes críticos.',
    'La factura de este mes no coincide con nuestro consumo; mi correo es {email}.',
    'No volveríamos a contratar si no mejora el soporte nocturno.',
  ],
}
