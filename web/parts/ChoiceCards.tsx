import { Radio, type RadioGroupProps } from '@mantine/core'
import classes from './ChoiceCards.module.css'

interface Props<Value extends string> extends Omit<RadioGroupProps, 'children' | 'value' | 'onChange'> {
  choices: readonly { value: Value; title: string; body: string }[]
  value?: string | null
  onChange?: (value: string) => void
}

/** A few choices that need a sentence each: radio buttons as cards; the whole card answers. */
export function ChoiceCards<Value extends string>({ choices, ...group }: Props<Value>) {
  return (
    <Radio.Group {...group}>
      <div className={classes['choices']}>
        {choices.map((choice) => (
          <Radio
            key={choice.value}
            value={choice.value}
            className={classes['choice']}
            label={<strong>{choice.title}</strong>}
            description={choice.body}
          />
        ))}
      </div>
    </Radio.Group>
  )
}
