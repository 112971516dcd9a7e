// Everything works without this file; it only adds.
import { announceErrors } from './errors.js'
import { countText } from './count.js'
import { exitQuickly } from './exit.js'
import { foldAnswers } from './fold.js'

// The style sheet folds conditional answers only where a script can unfold them.
document.body.classList.add('govuk-frontend-supported')
announceErrors(document)
countText(document)
exitQuickly(document)
foldAnswers(document)
