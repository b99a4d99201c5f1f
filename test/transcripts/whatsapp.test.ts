import { playTranscripts } from './play.ts'

playTranscripts('whatsapp')
