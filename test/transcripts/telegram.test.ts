import { playTranscripts } from './play.ts'

playTranscripts('telegram')
