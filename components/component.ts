import * as pulumi from "@pulumi/pulumi";

/**
 * What every component is. Its arguments are not registered as its inputs: Pulumi would make the component
 * wait for every resource that they refer to, and for everything inside of a component that they refer to.
 * Two components that are wired both ways (a queue takes a bus, a rule of the bus delivers to the queue)
 * would then wait for each other for ever.
 */
export abstract class Component extends pulumi.ComponentResource {
  /** `kind` is the name of the class. */
  constructor(kind: string, name: string, opts: pulumi.ComponentResourceOptions | undefined) {
    super(`orderflow:component:${kind}`, name, {}, opts);
  }
}
