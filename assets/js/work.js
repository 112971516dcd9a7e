// For pages on which somebody writes at length; everything works without this file.
import { noteWords } from './words.js'
import { keepWhatIsTyped } from './autosave.js'

noteWords(document)
keepWhatIsTyped(document)
