// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Test} from "forge-std/Test.sol";
import {ProofHandler} from "./ProofHandler.sol";

/// @dev PROOF, whatever validators, challengers and slashers do.
contract ProofInvariant is Test {
    ProofHandler internal handler;

    function setUp() public {
        handler = new ProofHandler();
        bytes4[] memory selectors = new bytes4[](16);
        selectors[0] = ProofHandler.stake.selector;
        selectors[1] = ProofHandler.unstake.selector;
        selectors[2] = ProofHandler.withdraw.selector;
        selectors[3] = ProofHandler.changeSigner.selector;
        selectors[4] = ProofHandler.slash.selector;
        selectors[5] = ProofHandler.reinstate.selector;
        selectors[6] = ProofHandler.settleStake.selector;
        selectors[7] = ProofHandler.attest.selector;
        selectors[8] = ProofHandler.open.selector;
        selectors[9] = ProofHandler.accuse.selector;
        selectors[10] = ProofHandler.vote.selector;
        selectors[11] = ProofHandler.appeal.selector;
        selectors[12] = ProofHandler.decide.selector;
        selectors[13] = ProofHandler.conclude.selector;
        selectors[14] = ProofHandler.punish.selector;
        selectors[15] = ProofHandler.claim.selector;
        targetContract(address(handler));
        targetSelector(FuzzSelector(address(handler), selectors));
    }

    /// @dev Held = active + leaving + rewards owed + slashed and not yet burned. That nobody withdraws while slashed or
    /// held, and that no accused votes, the handler sees at every try.
    function invariant_stakeIsConservedAndStaysWhileSlashed() public view {
        handler.checkStakeIsConserved();
    }

    function invariant_weightsSumToTheTotal() public view {
        handler.checkWeightsSumToTheTotal();
    }

    function invariant_bondsInAreBondsOut() public view {
        handler.checkBondsAreConserved();
    }

    function invariant_disputedAttestationsCountForNothing() public view {
        handler.checkDisputedCountsForNothing();
    }

    /// @dev The handler does do all these things: a fixed walk through its steps reaches every one of them.
    function test_theHandlerReachesEveryAction() public {
        for (uint256 i; i < 120; ++i) {
            uint256 seed = uint256(keccak256(abi.encode(i)));
            if (i % 9 == 0) handler.stake(seed, seed);
            if (i % 10 == 0) handler.attest(seed);
            if (i % 5 == 0) handler.open(seed, seed);
            handler.accuse(seed, seed >> 8);
            handler.vote(seed, seed >> 20, seed & 1 == 1);
            if (i % 6 == 0) handler.appeal(seed, seed);
            if (i % 8 == 0) handler.decide(seed, seed & 2 == 2);
            if (i % 3 == 0) handler.conclude(seed, true);
            handler.punish(seed, seed >> 16);
            handler.claim(seed);
            handler.settleStake(seed);
            if (i % 40 == 39) handler.unstake(seed, seed % 1e18);
            handler.withdraw(seed);
            if (i % 60 == 59) handler.slash(seed, seed, seed);
            handler.reinstate(seed);
            if (i == 100) handler.changeSigner(seed);
        }
        bytes32[13] memory actions = [
            bytes32("stake"),
            "unstake",
            "withdraw",
            "changeSigner",
            "slash",
            "reward",
            "attest",
            "open",
            "accuse",
            "vote",
            "appeal",
            "decide",
            "punish"
        ];
        for (uint256 i; i < actions.length; ++i) {
            assertGt(handler.done(actions[i]), 0, string(abi.encodePacked(actions[i])));
        }
        assertGt(handler.done("conclude") * handler.done("claim"), 0);
    }
}
